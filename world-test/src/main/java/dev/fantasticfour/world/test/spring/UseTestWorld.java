package dev.fantasticfour.world.test.spring;

import dev.fantasticfour.world.test.WorldExtension;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Stands on a test class that has a Spring context, beside {@code @SpringBootTest} or
 * {@code @SpringJUnitConfig}: for each of its tests there is a {@link
 * dev.fantasticfour.world.test.TestWorld} of its own, with everything that beans of {@link
 * dev.fantasticfour.world.spring.WorldRegistrar} register, and with a time that belongs to the
 * test. It is given to a test as a parameter, and {@link dev.fantasticfour.world.api.WorldClient}
 * of the context is its client. The application's own world is not there, and no server is needed.
 *
 * <pre>{@code
 * @SpringBootTest
 * @UseTestWorld
 * class OrdersTest {
 *
 *   @Autowired private OrderDesk desk;
 *
 *   @WorldTest
 *   void nobodyApproves(TestWorld world) {
 *     String run = desk.take(new Order("7"));
 *     world.advance(Duration.ofDays(3));
 *     assertEquals("rejected", desk.outcomeOf(run));
 *   }
 * }
 * }</pre>
 *
 * <p>Tests of one context run one after the other: its beans talk to one world at a time.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith({WorldExtension.class, WorldOfTheTest.class})
public @interface UseTestWorld {}
