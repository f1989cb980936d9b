/** The command that shows what is set, and by whom. */
@NullMarked
package dev.fantasticfour.world.cli.settings;

import org.jspecify.annotations.NullMarked;
