/**
 * What the worlds of tests are kept in: memory, and servers whose clocks are those of the test. For
 * {@link dev.fantasticfour.world.test.TestWorld}, not for tests.
 */
@NullMarked
package dev.fantasticfour.world.test.store;

import org.jspecify.annotations.NullMarked;
