@NullMarked
package dev.fantasticfour.world.bench.statistics;

import org.jspecify.annotations.NullMarked;
