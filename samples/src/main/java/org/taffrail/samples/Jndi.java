// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** Where a sample's {@code jndi.properties} come from. */
final class Jndi {
    private Jndi() {}

    /** Those of any provider, in a file. */
    static Properties ofFile(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            Properties properties = new Properties();
            properties.load(in);
            return properties;
        }
    }

    /**
     * A sample's own for Taffrail, with its connection factories at another URL.
     *
     * @param sample the folder of its resources
     * @throws IOException if the file is not on the class path
     */
    static Properties ofSample(String sample, String url) throws IOException {
        String resource = "/" + sample + "/taffrail.jndi.properties";
        try (InputStream in = Jndi.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new FileNotFoundException(resource + " is not on the class path");
            }
            Properties properties = new Properties();
            properties.load(in);
            for (String key : properties.stringPropertyNames()) {
                if (key.startsWith("connectionFactory.")) {
                    properties.setProperty(key, url);
                }
            }
            return properties;
        }
    }

    /** The URL of a broker in this process on a folder. */
    static String embeddedIn(Path folder) {
        String dir = URLEncoder.encode(folder.toAbsolutePath().toString(), StandardCharsets.UTF_8);
        return "taffrail:embedded?dir=" + dir.replace("+", "%20").replace("%2F", "/");
    }
}
