/**
 * What every command is given: where it reads its settings from, where it prints, and the world it
 * asks.
 */
@NullMarked
package dev.fantasticfour.world.cli.session;

import org.jspecify.annotations.NullMarked;
