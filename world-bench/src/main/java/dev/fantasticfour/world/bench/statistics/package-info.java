/** Pure arithmetic over what was measured: percentiles, medians, spreads and ratios. */
@NullMarked
package dev.fantasticfour.world.bench.statistics;

import org.jspecify.annotations.NullMarked;
