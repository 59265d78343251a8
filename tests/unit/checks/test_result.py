from cnnlib.checks.result import NOT_WRITTEN, NOT_YET, PASSED, Result


def test_result_is_true_only_if_passed():
    assert Result("L02.1", PASSED, "")
    assert not Result("L02.1", NOT_YET, "")
    assert not Result("L02.1", NOT_WRITTEN, "")


def test_result_says_its_status_in_words():
    assert repr(Result("L02.1", NOT_YET, "Try again.")) == "L02.1: not yet. Try again."
    assert repr(Result("L02.1", PASSED, "")) == "L02.1: passed."


def test_a_second_step_is_the_last_line_and_folded_in_html():
    result = Result("L02.1", NOT_YET, "Think.", "Of the `kernel`.")
    assert repr(result).endswith("Think.\nOne step further: Of the `kernel`.")
    shown = result._repr_html_()
    assert "<details><summary>One step further</summary>Of the <code" in shown
    assert "<details>" not in Result("L02.1", NOT_YET, "Think.")._repr_html_()


def test_html_holds_the_words_escaped_and_no_color_of_its_own():
    shown = Result("L02.1", NOT_YET, "`a < b` & so on")._repr_html_()
    assert "<strong>L02.1: not yet.</strong>" in shown
    assert ">a &lt; b</code> &amp; so on" in shown
    assert "color: inherit" in shown
    assert not any(word in shown for word in ("#", "rgb", "background-color", "id="))


def test_html_of_a_student_message_cannot_inject():
    hostile = "<script>alert(1)</script>"
    assert "<script>" not in Result(hostile, NOT_YET, hostile, hostile)._repr_html_()
