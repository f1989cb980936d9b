/** Tests of the sides that are compared. */
@NullMarked
package dev.fantasticfour.world.bench.subject;

import org.jspecify.annotations.NullMarked;
