// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.kit;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * One check that can be run.
 *
 * @param chapter where it belongs
 * @param check what it checks
 * @param method the method that does it
 */
public record CheckCase(Chapter chapter, Check check, Method method) {
    private static final String SUFFIX = "Checks";

    /**
     * Finds the checks of chapters.
     *
     * @param chapters the chapters
     * @return their checks, chapter by chapter, class by class, then by name
     * @throws IllegalArgumentException if a method can't be one
     */
    public static List<CheckCase> of(List<Chapter> chapters) {
        List<CheckCase> cases = new ArrayList<>();
        for (Chapter chapter : chapters) {
            for (Class<?> type : chapter.classes()) {
                Arrays.stream(type.getDeclaredMethods())
                        .filter(method -> method.isAnnotationPresent(Check.class))
                        .sorted(Comparator.comparing(Method::getName))
                        .map(method -> of(chapter, method))
                        .forEach(cases::add);
            }
        }
        return cases;
    }

    private static CheckCase of(Chapter chapter, Method method) {
        if (!Arrays.equals(method.getParameterTypes(), new Class<?>[] {Scene.class})) {
            throw new IllegalArgumentException(method + " does not take a scene");
        }
        method.setAccessible(true);
        return new CheckCase(chapter, method.getAnnotation(Check.class), method);
    }

    /**
     * Returns the check's id, which stays the same from release to release.
     *
     * @return for example {@code ConnectionClose.closesTwiceQuietly}
     */
    public String id() {
        String type = method.getDeclaringClass().getSimpleName();
        String subject =
                type.endsWith(SUFFIX) ? type.substring(0, type.length() - SUFFIX.length()) : type;
        return subject + "." + method.getName();
    }

    /**
     * Makes the check.
     *
     * @param scene where; closed by the caller
     * @throws Throwable what the check threw: the provider does not behave
     */
    public void run(Scene scene) throws Throwable {
        Constructor<?> constructor = method.getDeclaringClass().getDeclaredConstructor();
        constructor.setAccessible(true);
        try {
            method.invoke(constructor.newInstance(), scene);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
