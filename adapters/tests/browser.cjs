// Drives the web chat of a running demo in Debian's Chromium, as a person would: asks, follows
// up, presses every kind of button, reloads, and looks at it on a phone and in the dark.
//
//   node adapters/tests/browser.cjs http://127.0.0.1:8080 screenshots/
//
// Needs `playwright-core` (NODE_PATH) and Chromium; exits 1 with the first thing that is wrong.
const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const { chromium } = require("playwright-core");

const [base, folder] = process.argv.slice(2);
const conversation = [
  ["how was revenue last week?", /answered/],
  ["by country", /answered/],
  ["top 5 products this month", /answered/],
  ["compare conversion rate with last year", /answered/],
  ["revenue in Brazil by channel since June", /answered/],
  ["revnue yesterday", /answered/],
  ["purple elephants sing", /refuse|clarify/],
];

const answers = (page) => page.locator("#log article.answer");

async function ask(page, question, kind) {
  const before = await answers(page).count();
  await page.locator("#text").fill(question);
  await page.keyboard.press("Enter");
  await settled(page, before + 1);
  const answer = answers(page).nth(before);
  const classes = await answer.getAttribute("class");
  assert.match(classes, kind, `${question}: ${await answer.innerText()}`);
  return answer;
}

async function settled(page, count) {
  await answers(page).nth(count - 1).waitFor({ timeout: 30_000 });
  assert.equal(await answers(page).count(), count, "one question, one answer");
}

async function shot(page, name, fullPage = true) {
  await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage });
}

async function drawn(page) {
  const images = page.locator("figure.chart img");
  for (const image of await images.all()) {
    await image.scrollIntoViewIfNeeded();
    await image.evaluate((it) => it.decode());
    assert.ok(await image.evaluate((it) => it.naturalWidth > 100), "a chart is not drawn");
    assert.ok((await image.getAttribute("alt")).length > 20, "a chart has no words");
  }
  return images.count();
}

async function fits(page) {
  const over = await page.evaluate(() =>
    document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.equal(over, 0, `the page is ${over} px wider than the screen`);
}

async function atADesk(browser, problems) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  watch(page, problems);
  await page.goto(base);
  await shot(page, "desk-empty", false);
  for (const [question, kind] of conversation) await ask(page, question, kind);
  assert.ok((await drawn(page)) >= 4, "too few charts");
  await shot(page, "desk");

  const first = answers(page).first();
  assert.match(await first.locator(".headline .number").innerText(), /\$/);
  assert.match(await first.locator(".meta").innerText(), /9.15 Nov 2026, America\/Sao_Paulo/);
  await first.locator("details.explain > summary").click();
  assert.match(await first.locator("details.explain pre").innerText(), /SELECT/);

  const csv = await context.request.get(base + (await first.locator("a[download]").getAttribute("href")));
  assert.equal(csv.status(), 200);
  assert.match(await csv.text(), /revenue/);

  await first.locator("button[value=good]").click();
  await page.waitForFunction(() => document.querySelector(".verdicts .said").textContent.trim() !== "");

  const count = await answers(page).count();
  assert.equal(count, conversation.length, "a thumb says nothing of its own");
  await page.locator(".chips button:visible").first().click();
  await settled(page, count + 1);

  await page.reload();
  assert.equal(await answers(page).count(), count + 1, "history after a reload");

  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => document.activeElement !== document.body), "the keyboard reaches nothing");
  await page.locator("header button").click();
  await page.waitForLoadState();
  assert.equal(await answers(page).count(), 0, "a new chat is empty");
  await context.close();
}

async function onAPhone(browser, problems) {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true, colorScheme: "dark",
  });
  const page = await context.newPage();
  watch(page, problems);
  await page.goto(base);
  await fits(page);
  await shot(page, "phone-empty", false);
  for (const [question, kind] of conversation.slice(0, 5)) await ask(page, question, kind);
  await drawn(page);
  await fits(page);
  await shot(page, "phone-dark");
  await context.close();
}

async function withoutScript(browser) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(base);
  await page.locator("#text").fill("orders yesterday");
  await page.locator("button.send").click();
  await answers(page).first().waitFor({ timeout: 30_000 });
  await context.close();
}

function watch(page, problems) {
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
}

(async () => {
  fs.mkdirSync(folder, { recursive: true });
  for (let tries = 0; ; tries += 1) {
    const healthy = await fetch(`${base}/healthz`).then((it) => it.ok, () => false);
    if (healthy) break;
    assert.ok(tries < 300, "the demo did not start");
    await new Promise((done) => setTimeout(done, 200));
  }
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  const problems = [];
  await atADesk(browser, problems);
  await onAPhone(browser, problems);
  await withoutScript(browser);
  await browser.close();
  assert.deepEqual(problems, [], "the page complained");
  console.log("web page: 3 passed, 0 failed");
})().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
