// The tail of a log, as it grows. The page holds the log up to `data-offset`; the stream goes on from there.
const CHUNKS = 5000;

customElements.define("faur-log", class extends HTMLElement {
  connectedCallback() {
    this.text = this.querySelector("pre");
    this.text.scrollTop = this.text.scrollHeight;
    if (this.dataset.stream) this.open();
  }

  disconnectedCallback() {
    this.source?.close();
  }

  open() {
    const address = new URL(this.dataset.stream, location);
    address.searchParams.set("offset", this.dataset.offset || "0");
    this.follow = this.querySelector("[data-follow]");
    this.follow.hidden = false;
    this.source = new EventSource(address);
    this.source.onopen = () => this.say(this.dataset.live);
    this.source.onmessage = (event) => this.append(JSON.parse(event.data));
    this.source.onerror = () => this.say(this.dataset.lost);
    this.source.addEventListener("end", () => this.end());
  }

  append(chunk) {
    this.text.append(chunk);
    if (this.text.childNodes.length > CHUNKS) this.text.firstChild.remove();
    if (this.follow.querySelector("input").checked) this.text.scrollTop = this.text.scrollHeight;
  }

  end() {
    this.source.close();
    this.follow.hidden = true;
    this.say(this.dataset.ended);
  }

  say(words) {
    this.querySelector("[data-status]").textContent = words;
  }
});
