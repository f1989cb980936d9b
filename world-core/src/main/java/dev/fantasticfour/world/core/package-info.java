/**
 * The ports, the rules, the engine, the in-memory world and their assembly.
 *
 * <p>Pure: no JDBC, no Redis and no other I/O library is visible here.
 */
@NullMarked
package dev.fantasticfour.world.core;

import org.jspecify.annotations.NullMarked;
