/** Attributes of runs: how they are typed on a command line, and the indexes they may have. */
@NullMarked
package dev.fantasticfour.world.cli.attributes;

import org.jspecify.annotations.NullMarked;
