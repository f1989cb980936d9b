/** The benchmark: what is measured, against whom, and how it is told. */
@NullMarked
package dev.fantasticfour.world.bench;

import org.jspecify.annotations.NullMarked;
