package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.run.Pin;
import org.jspecify.annotations.Nullable;

/** A pin as one text, for stores with columns: null, empty, or the id of a build, which is not. */
public final class PinText {

  private static final String FIRST = "";

  private PinText() {}

  /** The text of a pin; null of what is not pinned. */
  public static @Nullable String write(@Nullable Pin pin) {
    return switch (pin) {
      case null -> null;
      case Pin.Auto auto -> null;
      case Pin.First first -> FIRST;
      case Pin.To to -> to.build();
    };
  }

  /** The pin of a text. */
  public static Pin read(@Nullable String text) {
    return text == null ? Pin.AUTO : text.equals(FIRST) ? Pin.FIRST : Pin.to(text);
  }
}
