"""The command line's own words in Chinese: what click says of options, files and mistakes.

click looks every sentence up by `_`, gettext's name in each of its modules; a compiled message file would
have to lie where gettext searches, so the look-up itself is put in its place.
"""

from __future__ import annotations

from typing import Final

from click import core, decorators, exceptions, formatting, types

SENTENCES: Final = {
    "Aborted!": "已中止",
    "Error: {message}": "错误：{message}",
    "Try '{command} {option}' for help.": "用法说明：{command} {option}",
    "Invalid value: {message}": "取值有误：{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} 的取值有误：{message}",
    "Missing argument": "缺少参数",
    "Missing option": "缺少选项",
    "Missing parameter": "缺少参数",
    "Missing command.": "缺少命令。",
    "No such option {name!r}.": "没有选项 {name}。",
    "No such command {name!r}.": "没有命令“{name}”。",
    "Could not open file {filename!r}: {message}": "文件“{filename}”打不开：{message}",
    "unknown error": "原因不明",
    "Usage:": "用法：",
    "Options": "选项",
    "Positional arguments": "参数",
    "Commands": "命令",
    "default: {default}": "默认：{default}",
    "file": "文件",
    "directory": "目录",
    "path": "路径",
    "{name} {filename!r} does not exist.": "{name}“{filename}”不存在。",
    "{name} {filename!r} is a file.": "{name}“{filename}”是文件。",
    "{name} {filename!r} is a directory.": "{name}“{filename}”是目录。",
    "{name} {filename!r} is not readable.": "{name}“{filename}”不可读。",
    "{name} {filename!r} is not writable.": "{name}“{filename}”不可写。",
    "{value!r} is not a valid {number_type}.": "“{value}”不是数（{number_type}）。",
    "{value} is not in the range {range}.": "{value} 不在范围 {range} 内。",
    "{value!r} is not {choice}.": "“{value}”不是 {choice}。",
    "{value!r} is not one of {choices}.": "“{value}”不在可选项 {choices} 之中。",
    "Choose from:\n\t{choices}": "可选：\n\t{choices}",
    "Show the version and exit.": "显示版本后退出。",
    "Show this message and exit.": "显示本说明后退出。",
    "Got unexpected extra argument ({args})": "多余的参数（{args}）",
    "Got unexpected extra arguments ({args})": "多余的参数（{args}）",
}


# what the operating system says inside click's sentences
REASONS: Final = {
    "No such file or directory": "没有这个文件或目录",
    "Permission denied": "没有权限",
    "Is a directory": "是目录，不是文件",
    "Not a directory": "不是目录",
    "No space left on device": "磁盘已满",
}


class _Sentence(str):
    """A sentence that is also Chinese where the operating system's words are put into it."""

    def format(self, *args: object, **kwargs: object) -> str:
        """Fill in, then translate the system's own words."""
        said = super().format(*args, **kwargs)
        for english, chinese in REASONS.items():
            said = said.replace(english, chinese)
        return said


def speak_chinese() -> None:
    """Let click speak Chinese in this process; a sentence not listed stays as it is."""
    for module in (core, decorators, exceptions, formatting, types):
        vars(module).update({"_": _said, "ngettext": _counted})


def _said(sentence: str) -> str:
    return _Sentence(SENTENCES.get(sentence, sentence))


def _counted(one: str, many: str, number: int) -> str:
    return _said(one if number == 1 else many)
