/**
 * What lies before a port and passes every call on: the beginning of everything that does one thing
 * otherwise, be it a count, a fault of a test, or a world that is wrong on purpose.
 *
 * <p>It stands beside the ports, and once. A port that gets another method needs it here in the
 * same breath, and everybody reaches this place: the tests of core, which cannot depend on the kit
 * because the kit depends on core; the kit; and whoever writes an adapter, for whom the core comes
 * with the kit. A test artifact of core would be one more dependency for each of them. It is no
 * part of {@link dev.fantasticfour.world.core.port}, where no behaviour lives.
 */
@NullMarked
package dev.fantasticfour.world.core.port.forwarding;

import org.jspecify.annotations.NullMarked;
