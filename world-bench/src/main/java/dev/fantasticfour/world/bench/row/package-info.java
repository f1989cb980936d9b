/** What is measured: one class for each row of the result, and how sides take turns. */
@NullMarked
package dev.fantasticfour.world.bench.row;

import org.jspecify.annotations.NullMarked;
