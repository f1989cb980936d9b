package dev.fantasticfour.world.cdi;

import dev.fantasticfour.world.api.Registrations;
import java.util.function.Consumer;

/**
 * Says what the workers of this process can execute. Every bean of this type is asked once, when
 * the container has started and before the workers do:
 *
 * <pre>{@code
 * @ApplicationScoped
 * public class Orders {
 *   @Produces
 *   WorldRegistrar orders(Payments payments) {
 *     return w -> w.register(OrderWorkflow.TYPE, new OrderWorkflow(payments));
 *   }
 * }
 * }</pre>
 *
 * <p>What it registers may use the client: the client does not wait for registrars. A process
 * without such a bean only starts runs.
 */
@FunctionalInterface
public interface WorldRegistrar extends Consumer<Registrations> {}
