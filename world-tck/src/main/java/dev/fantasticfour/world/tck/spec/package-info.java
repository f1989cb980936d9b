/**
 * The specification as the kit reads it: the rules of {@code docs/spec}, which this module carries
 * as resources, and the tests that stand for them.
 */
@NullMarked
package dev.fantasticfour.world.tck.spec;

import org.jspecify.annotations.NullMarked;
