/** The kit on the in-memory world, and on worlds that are wrong on purpose. */
@NullMarked
package dev.fantasticfour.world.tck;

import org.jspecify.annotations.NullMarked;
