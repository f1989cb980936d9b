package dev.fantasticfour.world.api;

import java.util.function.Consumer;

/**
 * What an application executes, as a class of its own: for {@link World#create}, for its tests, and
 * for {@code world replay}, which asks beforehand which runs would go on with it.
 *
 * <pre>{@code
 * public final class Shop implements Registrar {
 *   @Override
 *   public void accept(Registrations w) {
 *     w.register(OrderWorkflow.TYPE, new OrderWorkflow(new Payments()));
 *   }
 * }
 * }</pre>
 *
 * <p>Whoever is to be found by its name, or by {@link java.util.ServiceLoader}, is public and has a
 * public constructor without parameters. It registers, and does nothing else: no connection is
 * opened and no thread begun for the sake of a question.
 */
@FunctionalInterface
public interface Registrar extends Consumer<Registrations> {

  /** Binds the workflows and steps of the application. Called once for each world. */
  @Override
  void accept(Registrations registrations);
}
