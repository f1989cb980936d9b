package dev.fantasticfour.world.spring;

import dev.fantasticfour.world.api.Registrations;
import java.util.function.Consumer;

/**
 * Says what the workers of this process can execute. Every bean of this type is asked once, when
 * all beans are there and before the workers start, in the order of {@code @Order}:
 *
 * <pre>{@code
 * @Bean
 * WorldRegistrar orders(Payments payments) {
 *   return w -> w.register(OrderWorkflow.TYPE, new OrderWorkflow(payments))
 *       .register(OrderWorkflow.CHARGE, payments::charge);
 * }
 * }</pre>
 *
 * <p>What it registers may use the client: the client does not wait for registrars. In a process
 * without workers none is asked.
 */
@FunctionalInterface
public interface WorldRegistrar extends Consumer<Registrations> {}
