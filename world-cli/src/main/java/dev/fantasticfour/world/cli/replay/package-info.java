/** Asks which runs would go on with the code of a class path. */
@NullMarked
package dev.fantasticfour.world.cli.replay;

import org.jspecify.annotations.NullMarked;
