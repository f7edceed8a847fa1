// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import org.junit.jupiter.api.Test;
import org.taffrail.jms.jndi.TaffrailInitialContextFactory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What GraalVM's native images are told of: classes that JNDI makes by name, and a resource. */
class NativeImageMetadataTest {
    private static final String FOLDER = "/META-INF/native-image/org.taffrail/taffrail-provider/";
    private static final Pattern CLASS = Pattern.compile("\"name\": \"([a-zA-Z.]+)\"");
    private static final Pattern RESOURCE = Pattern.compile("\"pattern\": \"([^\"]+)\"");

    @Test
    void namesTheClassesThatJndiMakes() throws Exception {
        Set<String> named = new TreeSet<>();
        for (Matcher each = CLASS.matcher(read("reflect-config.json")); each.find(); ) {
            assertNotNull(Class.forName(each.group(1)).getConstructor());
            named.add(each.group(1));
        }

        assertEquals(
                Set.of(
                        TaffrailConnectionFactory.class.getName(),
                        TaffrailDestination.OBJECT_FACTORY,
                        TaffrailInitialContextFactory.class.getName()),
                named);
    }

    @Test
    void namesTheResourceThatIsRead() throws IOException {
        Matcher named = RESOURCE.matcher(read("resource-config.json"));
        assertEquals(true, named.find());

        String path = named.group(1).replace("\\\\.", ".");

        assertNotNull(NativeImageMetadataTest.class.getResource("/" + path), path);
    }

    private static String read(String name) throws IOException {
        try (InputStream in = NativeImageMetadataTest.class.getResourceAsStream(FOLDER + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
