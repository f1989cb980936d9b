/** Tests of what is said about runs. */
@NullMarked
package dev.fantasticfour.world.cli.runs;

import org.jspecify.annotations.NullMarked;
