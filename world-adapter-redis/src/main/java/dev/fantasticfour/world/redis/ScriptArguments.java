package dev.fantasticfour.world.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/** Arguments of a script as the bytes that are sent. */
final class ScriptArguments {

  private final List<Object> values = new ArrayList<>();

  ScriptArguments add(String text) {
    return add(text.getBytes(UTF_8));
  }

  ScriptArguments add(long number) {
    return add(Long.toString(number));
  }

  ScriptArguments add(byte[] bytes) {
    values.add(bytes);
    return this;
  }

  ScriptArguments addAll(ScriptArguments others) {
    values.addAll(others.values);
    return this;
  }

  Object[] toArray() {
    return values.toArray();
  }
}
