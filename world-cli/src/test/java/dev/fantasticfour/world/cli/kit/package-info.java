/** The kit where several adapters meet, and what all its reports say together. */
@NullMarked
package dev.fantasticfour.world.cli.kit;

import org.jspecify.annotations.NullMarked;
