/** What a store needs that was brought back from a backup. */
@NullMarked
package dev.fantasticfour.world.cli.restore;

import org.jspecify.annotations.NullMarked;
