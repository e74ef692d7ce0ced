//! How long a new person waits for the demo shop.

use almanac_demo::{Size, ensure_sized};
use jiff::civil::date;

fn main() {
    divan::main();
}

#[expect(
    clippy::expect_used,
    reason = "a bench that cannot write has nothing to measure"
)]
#[divan::bench(args = [Size::Small, Size::Full], sample_count = 5, sample_size = 1)]
fn generate(bencher: divan::Bencher, size: Size) {
    bencher
        .with_inputs(|| tempfile::tempdir().expect("a folder"))
        .bench_local_refs(|dir| {
            ensure_sized(dir.path(), date(2026, 11, 19), size).expect("a shop")
        });
}
