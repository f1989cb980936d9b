/** Commands about the processes that execute runs. */
@NullMarked
package dev.fantasticfour.world.cli.workers;

import org.jspecify.annotations.NullMarked;
