/** Commands about streams. */
@NullMarked
package dev.fantasticfour.world.cli.streams;

import org.jspecify.annotations.NullMarked;
