package dev.fantasticfour.world.cli.fault;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** For what runs beside a test: whatever it throws is the failure of its future. */
final class Unchecked {

  private Unchecked() {}

  static <T> Supplier<T> of(Callable<T> call) {
    return () -> {
      try {
        return call.call();
      } catch (Exception e) {
        throw new CompletionException(e);
      }
    };
  }
}
