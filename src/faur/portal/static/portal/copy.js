// A button that copies the code before it. Without this script there is no button.
customElements.define("faur-copy", class extends HTMLElement {
  connectedCallback() {
    if (this.firstChild || !navigator.clipboard) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = this.dataset.copy;
    button.addEventListener("click", () => this.copy(button));
    this.append(button);
  }

  async copy(button) {
    await navigator.clipboard.writeText(this.parentElement.querySelector("code").textContent);
    button.textContent = this.dataset.copied;
    button.setAttribute("aria-live", "polite");
    setTimeout(() => { button.textContent = this.dataset.copy; }, 2000);
  }
});
