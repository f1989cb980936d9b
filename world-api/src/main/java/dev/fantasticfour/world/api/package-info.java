/**
 * What an application compiles against: workflows, their context, the client, values and errors.
 *
 * <p>This package depends on nothing but {@code java.base} and JSpecify.
 */
@NullMarked
package dev.fantasticfour.world.api;

import org.jspecify.annotations.NullMarked;
