/** The command that begins a project. */
@NullMarked
package dev.fantasticfour.world.cli.init;

import org.jspecify.annotations.NullMarked;
