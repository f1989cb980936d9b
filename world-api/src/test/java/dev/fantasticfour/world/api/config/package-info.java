/** Tests of configuration by code and by variables. */
@NullMarked
package dev.fantasticfour.world.api.config;

import org.jspecify.annotations.NullMarked;
