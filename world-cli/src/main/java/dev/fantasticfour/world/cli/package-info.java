/**
 * The {@code world} command: the only {@code main} of the house, and the table of contents of its
 * commands.
 */
@NullMarked
package dev.fantasticfour.world.cli;

import org.jspecify.annotations.NullMarked;
