/** {@code world retention}: how long runs are kept after their end. */
@NullMarked
package dev.fantasticfour.world.cli.retention;

import org.jspecify.annotations.NullMarked;
