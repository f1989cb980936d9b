/** Commands about runs. */
@NullMarked
package dev.fantasticfour.world.cli.runs;

import org.jspecify.annotations.NullMarked;
