/** What the command says of itself: its version, its commands, and how shells complete them. */
@NullMarked
package dev.fantasticfour.world.cli.shell;

import org.jspecify.annotations.NullMarked;
