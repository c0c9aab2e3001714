import { useState } from "react";

const key = "realtime-sessions.theme";
const themes = ["system", "light", "dark"] as const;
type Theme = (typeof themes)[number];

/** Applies the theme that was chosen on this machine before. */
export function restoreTheme(): void {
  apply(stored());
}

/** Light, dark, or what the system says. */
export function ThemeSwitch() {
  const [theme, setTheme] = useState(stored);
  return (
    <fieldset className="segments">
      <legend>Appearance</legend>
      {themes.map(each => (
        <label key={each}>
          <input type="radio" name="theme" checked={theme === each} onChange={() => {
            localStorage.setItem(key, each);
            apply(each);
            setTheme(each);
          }} />
          <span>{each}</span>
        </label>
      ))}
    </fieldset>
  );
}

function stored(): Theme {
  const theme = localStorage.getItem(key);
  return themes.find(each => each === theme) ?? "system";
}

function apply(theme: Theme): void {
  document.documentElement.dataset["theme"] = theme;
}
