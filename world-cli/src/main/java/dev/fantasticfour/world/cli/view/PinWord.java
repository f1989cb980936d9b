package dev.fantasticfour.world.cli.view;

import dev.fantasticfour.world.api.run.Pin;

/** A pin as people write it: {@code auto}, {@code first}, or the id of a build. */
public final class PinWord {

  private static final String AUTO = "auto";
  private static final String FIRST = "first";

  private PinWord() {}

  /** The pin of a word. */
  public static Pin read(String word) {
    return word.equals(AUTO) ? Pin.AUTO : word.equals(FIRST) ? Pin.FIRST : Pin.to(word);
  }

  /** The word of a pin. */
  public static String write(Pin pin) {
    return switch (pin) {
      case Pin.Auto auto -> AUTO;
      case Pin.First first -> FIRST;
      case Pin.To to -> to.build();
    };
  }
}
