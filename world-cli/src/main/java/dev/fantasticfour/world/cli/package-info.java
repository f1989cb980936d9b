/** The {@code world} command: the composition root and the only {@code main}. */
@NullMarked
package dev.fantasticfour.world.cli;

import org.jspecify.annotations.NullMarked;
