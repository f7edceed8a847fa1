// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check;

import org.taffrail.check.record.Recording;
import org.taffrail.check.record.Setting;
import org.taffrail.check.tap.Taps;

import java.nio.file.Path;
import java.nio.file.Paths;

/**
 * Puts a connection factory that records around another. Thread-safe.
 *
 * <p>The file is in the folder of the setting {@code taffrail.check.folder}, a system property
 * ({@code TAFFRAIL_CHECK_FOLDER} in the environment), or {@code taffrail-check} in the working
 * directory.
 */
public final class Check {
    private Check() {}

    /**
     * Wraps a connection factory.
     *
     * @param <T> as what the application knows it: any of the connection factories' interfaces, or
     *     one of the provider's
     * @param factory the provider's; one that is wrapped already is returned as it is
     * @return a proxy with all public interfaces of the factory, the XA ones too
     * @throws IllegalArgumentException if it is no connection factory of any kind
     */
    public static <T> T wrap(T factory) {
        return wrap(factory, Paths.get(Setting.FOLDER.value()));
    }

    /**
     * Wraps a connection factory.
     *
     * @param <T> as what the application knows it: any of the connection factories' interfaces, or
     *     one of the provider's; not the provider's class
     * @param factory the provider's; one that is wrapped already is returned as it is
     * @param folder where the file goes; made when it is missing
     * @return a proxy with all public interfaces of the factory, the XA ones too
     * @throws IllegalArgumentException if it is no connection factory of any kind
     */
    @SuppressWarnings("unchecked")
    public static <T> T wrap(T factory, Path folder) {
        if (!Taps.isFactory(factory)) {
            throw new IllegalArgumentException(
                    (factory == null ? "null" : factory.getClass().getName())
                            + " is no connection factory");
        }
        return (T) Taps.factory(factory, Recording.in(folder).recorder());
    }

    /**
     * Takes the wrapping off again, for code that needs the provider's class.
     *
     * @param object anything that came from a wrapped factory, or null
     * @return what the provider made
     */
    public static Object unwrap(Object object) {
        return Taps.unwrapped(object);
    }

    /**
     * Writes the file now; it is written every minute and when the JVM ends anyway.
     *
     * @param folder as it was given to {@link #wrap(Object, Path)}
     * @return the file, null where it can't be written, which is logged
     */
    public static Path write(Path folder) {
        return Recording.in(folder).write();
    }
}
