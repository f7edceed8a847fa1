// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.security;

import java.io.IOException;
import java.nio.file.AccessDeniedException;

/** Says why a file can't be read where the JDK names the file and nothing else. */
public final class Unreadable {
    private Unreadable() {}

    /**
     * Says why reading has failed, and what to do where rights are missing: a broker runs as a user
     * of its own, and whoever makes its files is often another.
     *
     * @param e what reading has failed with
     * @return a line for a person to read
     */
    public static String why(IOException e) {
        return e instanceof AccessDeniedException denied
                ? denied.getFile()
                        + " can't be read by "
                        + System.getProperty("user.name")
                        + ", as whom this runs: give the file to that user's group (chgrp) and let"
                        + " the group read it (chmod g+r)"
                : e.getMessage();
    }
}
