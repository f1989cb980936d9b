/** {@code world builds} and {@code world changes}: which code has which runs. */
@NullMarked
package dev.fantasticfour.world.cli.builds;

import org.jspecify.annotations.NullMarked;
