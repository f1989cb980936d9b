/** Commands about queues. */
@NullMarked
package dev.fantasticfour.world.cli.queues;

import org.jspecify.annotations.NullMarked;
