// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.connection;

import org.taffrail.compat.kit.Scene;
import org.taffrail.compat.kit.UnsupportedFacilityException;

/** The credentials that the provider's owner has told. */
public final class Credentials {
    private Credentials() {}

    /**
     * Returns the name of a user who may connect.
     *
     * @param scene where
     * @return the setting {@code user}
     */
    public static String user(Scene scene) {
        return setting(scene, "user");
    }

    /**
     * Returns the password of that user.
     *
     * @param scene where
     * @return the setting {@code password}
     */
    public static String password(Scene scene) {
        return setting(scene, "password");
    }

    /**
     * Returns a password that is not that user's.
     *
     * @param scene where
     * @return another one than {@link #password}
     */
    public static String wrongPassword(Scene scene) {
        return password(scene) + ".wrong";
    }

    private static String setting(Scene scene, String key) {
        return scene.setting(key)
                .orElseThrow(
                        () ->
                                new UnsupportedFacilityException(
                                        "no credentials are known: the setting '" + key + "'"));
    }
}
