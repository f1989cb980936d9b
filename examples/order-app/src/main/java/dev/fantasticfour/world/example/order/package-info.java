/**
 * An application that takes orders: reserve, wait for an approval, cool off, charge and pack at the
 * same time. It compiles against {@code world-api} and nothing else; which engine and which stores
 * it runs on is decided by its runtime dependencies and its environment.
 */
@NullMarked
package dev.fantasticfour.world.example.order;

import org.jspecify.annotations.NullMarked;
