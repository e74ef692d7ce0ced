//! Everything on a real PostgreSQL, where `ALMANAC_TEST_DATABASE_URL` names a server.

mod edges;
mod operations;
mod restarted;
mod same_rows;
mod scratch;
mod types;
