"""The road as a person walks it who has never been here: by the words on the pages, with a mouse and a keyboard."""

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

PATIENCE_MS, LONGEST_MS = 20_000, 180_000
"""How long a person waits for a page, and for work that lasts on a busy machine, in milliseconds."""


@dataclass(slots=True)
class Hand:
    """One person before one page. `seen` keeps the identifiers of what they made, by the place in the address."""

    page: Page
    seen: dict[str, str] = field(default_factory=dict)

    def go(self, path: str) -> None:
        self.page.goto(path)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).first.click()

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name, exact=True).first.click()

    def act(self, name: str) -> None:
        """Follow the page's main action."""
        self.page.locator(".head").get_by_role("link", name=name, exact=True).click()

    def fill(self, **values: str) -> None:
        """Fields by their names; a dot or a hyphen in one is written as two underscores."""
        for name, value in values.items():
            self._field(name).fill(value)

    def choose(self, **values: str) -> None:
        """One of several, whether they stand in a list or beside round buttons."""
        for name, value in values.items():
            options = self._field(name)
            if options.first.evaluate("field => field.tagName") == "SELECT":
                options.select_option(value)
            else:
                options.and_(self.page.locator(f"[value='{value}']")).check()

    def tick(self, name: str, value: str = "") -> None:
        place = f"[name='{name}']" + (f"[value='{value}']" if value else "")
        self.page.locator(place).check()

    def arrive(self, pattern: str, name: str = "") -> None:
        """Be at an address, and remember the identifier at its end under a name."""
        self.page.wait_for_url(pattern)
        if name:
            self.seen[name] = self.page.url.partition("?")[0].rstrip("/").rpartition("/")[2]

    def wait_for(self, words: str, at_most: int = PATIENCE_MS) -> None:
        """Look on until the page says so by itself."""
        expect(self.page.locator("main")).to_contain_text(words, timeout=at_most)

    def _field(self, name: str) -> Locator:
        return self.page.locator(
            f"[name='{name}'], [name='{name.replace('__', '-')}'], [name='{name.replace('__', '.')}']"
        )


def register(hand: Hand, email: str) -> None:
    hand.go("/")
    hand.follow("Make an account")
    hand.fill(name="Nina Newcomer", email=email, password="four words in a row", again="four words in a row")
    hand.press("Make the account")
    hand.wait_for("What you have")


def register_organisation(hand: Hand) -> None:
    hand.go("/organisations/new/")
    hand.fill(name="Prima Firma SRL", vat="RO11223344", registration_number="J40/1/2024")
    hand.fill(staff="9", turnover_eur="800000", balance_sheet_eur="500000")
    hand.press("Work the size out")
    hand.wait_for("micro")
    hand.press("Register it so")
    hand.arrive("**/organisations/org_*/", "organisation")


def apply(hand: Hand, call: str) -> None:
    """First a draft, since one has to think about it; then all of it."""
    hand.go("/calls/")
    hand.follow(call)
    hand.act("Apply")
    hand.fill(title="Which samples first?", hours="2")
    hand.press("Keep as a draft")
    hand.arrive("**/applications/app_*/", "application")
    hand.go(f"/applications/{hand.seen['application']}/edit/")
    hand.fill(answers__abstract="We want to try whether nuclei tell us which samples a pathologist should read first.")
    hand.choose(answers__sector="life-sciences", answers__ai_use="training", answers__experience="none")
    hand.choose(months="2", answers__personal_data="none")
    hand.tick("answers-civilian")
    hand.tick("answers-contract_valid")
    hand.press("Check your answers")
    hand.tick("consent")
    hand.press("Hand it in")
    hand.wait_for("The application is handed in.")


def assess(hand: Hand, application: str) -> None:
    hand.go(f"/applications/{application}/assess/")
    hand.tick("verdict", "pass")
    hand.fill(comment="It fits on one machine.")
    hand.press("Keep the assessment")
    hand.wait_for("Your assessment is kept.")


def award(hand: Hand, application: str) -> None:
    hand.go(f"/applications/{application}/award/")
    hand.press("Award")
    hand.arrive("**/projects/prj_*/", "project")


def add_a_steward(hand: Hand, email: str) -> None:
    hand.go(f"/projects/{hand.seen['project']}/")
    hand.page.get_by_text("Add a person", exact=True).click()
    hand.fill(email=email)
    hand.choose(role="steward")
    hand.press("Add the person")
    hand.wait_for("is in the project.")


def publish_data(hand: Hand, files: Path) -> None:
    hand.go("/datasets/new/")
    hand.fill(title="Nuclei by hand", name="nuclei", licence="CC-BY-4.0")
    hand.fill(sheet__composition="569 rows of measurements.", sheet__origin="The repository of UCI.")
    hand.tick("sheet.personal_data", "none")
    hand.tick("policy.requires_approval")
    hand.press("Go on to the files")
    hand.arrive("**/datasets/dts_*/versions/new/")
    for number, part in enumerate(("train", "test")):
        hand.page.set_input_files(f"[name='parts-{number}-tables']", files / f"{part}.parquet")
    hand.press("Send and check")
    hand.arrive("**/dataset-versions/dsv_*/", "version")
    hand.wait_for("mean radius", LONGEST_MS)


def agree(hand: Hand, purpose: str) -> str:
    """Agree to the policy for a purpose; the identifier of the contract, which waits for a steward."""
    hand.go(f"/dataset-versions/{hand.seen['version']}/")
    hand.page.locator(f"button[name=agree][value$=':{purpose}']").click()
    hand.arrive("**/contracts/con_*/", purpose)
    return hand.seen[purpose]


def approve(hand: Hand, contract: str) -> None:
    hand.go(f"/contracts/{contract}/")
    hand.act("Approve")
    hand.press("Approve")
    hand.wait_for("The contract is approved.")


def commit_thresholds(hand: Hand) -> None:
    hand.go(f"/thresholds/new/?project={hand.seen['project']}")
    hand.fill(title="Better than guessing", items__0__value="0,8")
    hand.choose(items__0__metric="roc_auc", items__0__operator=">=")
    hand.press("Check your answers")
    hand.press("Commit them")
    hand.arrive("**/thresholds/thr_*/", "thresholds")


def run(hand: Hand) -> None:
    """Start the smallest run that the form allows, and watch its log grow."""
    hand.go("/library/tabular-classification/")
    hand.act("Run it")
    hand.press("Go on to the parameters")
    hand.choose(p__target="diagnosis", p__family="logistic_regression")
    hand.fill(p__time_budget_s="10", job__title="By hand")
    hand.press("Check your answers")
    hand.press("Start the run")
    hand.arrive("**/runs/run_*/", "run")
    hand.page.locator("main a[href^='/jobs/job_']:not([href$='/cancel/'])").first.click()
    _watch_the_log(hand)
    hand.go(f"/runs/{hand.seen['run']}/")
    expect(hand.page.get_by_role("link", name="Register its model")).to_be_visible(timeout=LONGEST_MS)


def _watch_the_log(hand: Hand) -> None:
    """It grows without a reload, until the job has ended and the page is another one by itself."""
    log = hand.page.get_by_role("log")
    expect(log).to_contain_text("over 5 folds", timeout=LONGEST_MS)
    expect(hand.page.locator("#job-now")).to_contain_text("completed", timeout=LONGEST_MS)


def register_model(hand: Hand) -> None:
    hand.act("Register its model")
    hand.fill(name="by-hand", title="By hand", intended_purpose="Shows a newcomer that the road can be walked.")
    hand.press("Register the model")
    hand.arrive("**/model-versions/mdv_*/", "model_version")
    expect(hand.page.locator(".head .state")).to_contain_text("registered", timeout=LONGEST_MS)


def evaluate(hand: Hand) -> None:
    hand.go(f"/evaluations/new/?version={hand.seen['model_version']}")
    hand.press("Start the evaluation")
    hand.arrive("**/evaluations/eva_*/", "evaluation")
    expect(hand.page.locator(".head .state")).to_contain_text("passed", timeout=LONGEST_MS)


def answer_the_questionnaire(hand: Hand) -> None:
    """Nothing of what the law forbids or guards: `no`, or none of these, to whatever is asked."""
    hand.go(f"/model-versions/{hand.seen['model_version']}/")
    hand.page.locator(".head a[href^='/questionnaire/']").click()
    while "/check/" not in hand.page.url:
        _answer(hand.page)
        hand.press("Go on")
        hand.page.wait_for_load_state()
    hand.press("Classify the model")
    hand.arrive("**/classifications/rsk_*/", "classification")


def _answer(page: Page) -> None:
    for value in ("no", "nothing"):
        if (option := page.locator(f"[name=answer][value={value}]")).count():
            option.check()
            return
    options = page.locator("[name=answer][type=radio]")
    if options.count():
        options.first.check()
    else:
        page.fill("[name=answer]", "0")


def promote(hand: Hand) -> None:
    hand.go(f"/model-versions/{hand.seen['model_version']}/promote/")
    hand.fill(reason="It does what was promised.")
    hand.press("Promote the version")
    hand.wait_for("The version is promoted")


def serve(hand: Hand, name: str) -> None:
    hand.act("Serve it")
    hand.fill(name=name)
    hand.press("Open the endpoint")
    hand.arrive("**/endpoints/end_*/", "endpoint")
    expect(hand.page.get_by_role("link", name="Try it")).to_be_visible(timeout=LONGEST_MS)


def ask(hand: Hand) -> None:
    """One row by hand: a benign-looking one, all ones."""
    hand.act("Try it")
    for place in hand.page.locator("form.cells input[type=text], form.cells input[type=number]").all():
        place.fill("1")
    hand.press("Ask")
    hand.wait_for("benign")


def fetch_the_technical_file(hand: Hand) -> bytes:
    hand.go(f"/technical-files/new/?version={hand.seen['model_version']}")
    hand.press("Write it")
    hand.arrive("**/technical-files/tfl_*/", "technical_file")
    expect(hand.page.get_by_role("link", name="Download PDF")).to_be_visible(timeout=LONGEST_MS)
    with hand.page.expect_download() as fetched:
        hand.follow("Download PDF")
    return Path(fetched.value.path()).read_bytes()
