// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

import java.beans.Introspector;
import java.beans.PropertyDescriptor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import javax.xml.parsers.DocumentBuilderFactory;

/** {@code ra.xml} says what the classes are like. */
class DeploymentDescriptorTest {
    private static final Map<String, Class<?>> BEANS =
            Map.of(
                    "resourceadapter", TaffrailResourceAdapter.class,
                    "connection-definition", TaffrailManagedConnectionFactory.class);

    private static Document descriptor;

    @BeforeAll
    static void read() throws Exception {
        descriptor =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(Path.of("rar/src/main/rar/META-INF/ra.xml").toFile());
    }

    private static List<Element> elements(String name) {
        NodeList found = descriptor.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    private static String text(Element in, String name) {
        return in.getElementsByTagName(name).item(0).getTextContent();
    }

    @Test
    void eachPropertyIsOneOfItsBean() throws Exception {
        int checked = 0;
        for (Element property : elements("config-property")) {
            Element parent = (Element) property.getParentNode();
            Class<?> bean =
                    parent.getTagName().equals("adminobject")
                            ? Class.forName(text(parent, "adminobject-class"))
                            : BEANS.get(parent.getTagName());
            String name = text(property, "config-property-name");
            PropertyDescriptor found =
                    Arrays.stream(Introspector.getBeanInfo(bean).getPropertyDescriptors())
                            .filter(candidate -> candidate.getName().equals(name))
                            .findFirst()
                            .orElseThrow(() -> new AssertionError(bean + " has no " + name));
            assertEquals(text(property, "config-property-type"), found.getPropertyType().getName());
            assertTrue(found.getWriteMethod() != null, name);
            checked++;
        }
        assertTrue(checked > 10, checked + " properties");
    }

    @Test
    void eachClassIsThereAndIsWhatItIsSaidToBe() throws Exception {
        for (String side : List.of("connectionfactory", "connection")) {
            List<Element> interfaces = elements(side + "-interface");
            List<Element> implementations = elements(side + "-impl-class");
            assertEquals(3, interfaces.size());
            for (int i = 0; i < interfaces.size(); i++) {
                Class<?> promised = Class.forName(interfaces.get(i).getTextContent());
                Class<?> made = Class.forName(implementations.get(i).getTextContent());
                assertTrue(promised.isAssignableFrom(made), made + " is no " + promised);
            }
        }
        assertEquals(
                TaffrailActivationSpec.class.getName(),
                elements("activationspec-class").get(0).getTextContent());
    }
}
