/**
 * How a world is configured: by code or by environment variables, checked before anything is
 * opened.
 */
@NullMarked
package dev.fantasticfour.world.api.config;

import org.jspecify.annotations.NullMarked;
