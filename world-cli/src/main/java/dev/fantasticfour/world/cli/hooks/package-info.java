/** Commands about hooks. */
@NullMarked
package dev.fantasticfour.world.cli.hooks;

import org.jspecify.annotations.NullMarked;
