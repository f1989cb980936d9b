/** Straight to the servers, beside the adapters: is anybody there, and who. */
@NullMarked
package dev.fantasticfour.world.cli.server;

import org.jspecify.annotations.NullMarked;
