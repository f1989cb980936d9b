@NullMarked
package dev.fantasticfour.world.bench.report;

import org.jspecify.annotations.NullMarked;
